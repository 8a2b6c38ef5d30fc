package io.tongdao.reconcile;

import io.tongdao.contract.serde.JsonFormat;
import io.tongdao.reconcile.rule.Review;

/** The values of {@code flag.review}. */
public final class ReviewFormat {
    public static final JsonFormat<Review> FORMAT = new JsonFormat<>(Review.class);

    private ReviewFormat() {}
}
