/** Opening to the public (开放, art. 37-42): checked snapshots of tables as files, published, suspended and withdrawn on record. */
@NullMarked
package io.tongdao.ops.opening;

import org.jspecify.annotations.NullMarked;
