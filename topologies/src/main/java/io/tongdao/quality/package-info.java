/** Quality (质量管理, art. 19): which rows of {@code src.*} break the rules of their datasets → {@code flag.quality}. */
@NullMarked
package io.tongdao.quality;

import org.jspecify.annotations.NullMarked;
