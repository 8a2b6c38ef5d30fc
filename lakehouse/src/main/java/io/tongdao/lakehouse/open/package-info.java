/** The rules by which a table becomes a publication that tells of nobody (art. 37, 38): pure, on plain values. */
@NullMarked
package io.tongdao.lakehouse.open;

import org.jspecify.annotations.NullMarked;
