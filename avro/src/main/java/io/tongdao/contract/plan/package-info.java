/** The compiled catalogue: immutable, and all that the other rooms know of it. */
@NullMarked
package io.tongdao.contract.plan;

import org.jspecify.annotations.NullMarked;
