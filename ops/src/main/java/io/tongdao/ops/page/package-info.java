/** Pages for people: what the exchange knows, as an official reads it. */
@NullMarked
package io.tongdao.ops.page;

import org.jspecify.annotations.NullMarked;
