package io.tongdao.release.mask;

import org.jspecify.annotations.Nullable;

/**
 * One mask for one item: a value of the item's type in, a value of {@code Mask.output} out, never equal to it; null means withheld.
 * Not thread-safe: one for each task and grant.
 */
@FunctionalInterface
public interface MaskFunction {
    @Nullable
    Object apply(Object value);
}
