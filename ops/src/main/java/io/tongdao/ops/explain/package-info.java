/** Explaining golden records to who may see them (art. 20, 23), with each look on record (art. 35). */
@NullMarked
package io.tongdao.ops.explain;

import org.jspecify.annotations.NullMarked;
