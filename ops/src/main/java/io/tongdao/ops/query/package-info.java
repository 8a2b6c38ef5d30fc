/** What each identity may read of the lakehouse. */
@NullMarked
package io.tongdao.ops.query;

import org.jspecify.annotations.NullMarked;
