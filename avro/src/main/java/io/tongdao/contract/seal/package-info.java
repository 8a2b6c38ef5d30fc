/** Values and files that only the holder of a key reads: SM4-GCM, and what is sealed by it. */
@NullMarked
package io.tongdao.contract.seal;

import org.jspecify.annotations.NullMarked;
