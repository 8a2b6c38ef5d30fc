/** 突发事件 (art. 27): what an emergency is, how it ends, and what becomes of its data. */
@NullMarked
package io.tongdao.contract.incident;

import org.jspecify.annotations.NullMarked;
