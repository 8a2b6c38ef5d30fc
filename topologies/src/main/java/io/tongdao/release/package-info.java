/** Release (art. 26, 29-36): grants run on the rows of their tables; what leaves Tongdao leaves here. */
@NullMarked
package io.tongdao.release;

import org.jspecify.annotations.NullMarked;
