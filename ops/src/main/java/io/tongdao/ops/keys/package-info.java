/** The keys of consumers' tokens: their store, its versions, and what a rotation does to grants. */
@NullMarked
package io.tongdao.ops.keys;

import org.jspecify.annotations.NullMarked;
