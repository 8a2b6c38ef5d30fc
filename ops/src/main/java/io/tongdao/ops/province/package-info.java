/** The sample province: its people, its agencies' databases, its life, and what the channel must have made of them. */
@NullMarked
package io.tongdao.ops.province;

import org.jspecify.annotations.NullMarked;
