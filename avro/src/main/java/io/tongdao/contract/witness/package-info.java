/** Records of use (使用记录, art. 28, 35): who looked at what, why; and what was released to whom. */
@NullMarked
package io.tongdao.contract.witness;

import org.jspecify.annotations.NullMarked;
