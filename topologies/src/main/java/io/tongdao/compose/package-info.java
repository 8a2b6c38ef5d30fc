/** Compose (主题库, art. 12): thematic tables of the rows of datasets and golden records, with what stands beside them. */
@NullMarked
package io.tongdao.compose;

import org.jspecify.annotations.NullMarked;
