/** The one catalogue (art. 14): YAML with all its problems at once, checked, compiled to the plan. */
@NullMarked
package io.tongdao.contract.catalogue;

import org.jspecify.annotations.NullMarked;
