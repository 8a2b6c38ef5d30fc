/** Records of use (使用记录, art. 35): who looked at what, why. */
@NullMarked
package io.tongdao.contract.witness;

import org.jspecify.annotations.NullMarked;
