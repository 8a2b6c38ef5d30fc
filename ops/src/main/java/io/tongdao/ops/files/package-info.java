/** What grants release, as files that their consumers pick up: made every day or on demand, whole, sealed if the grant says so. */
@NullMarked
package io.tongdao.ops.files;

import org.jspecify.annotations.NullMarked;
