/** Whether what was returned to lower levels (回流, art. 26) is what is there to return. */
@NullMarked
package io.tongdao.ops.returns;

import org.jspecify.annotations.NullMarked;
