/** The HTTP API: what an agency and the authority do with grants, and verification under one. */
@NullMarked
package io.tongdao.ops.api;

import org.jspecify.annotations.NullMarked;
