/** 应急 (art. 27): incidents are opened, closed, assessed, sealed and destroyed, and destruction is proven. */
@NullMarked
package io.tongdao.ops.incident;

import org.jspecify.annotations.NullMarked;
