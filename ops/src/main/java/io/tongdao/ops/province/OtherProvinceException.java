package io.tongdao.ops.province;

/** The databases hold a province of another seed or size than was asked for; the message is one line for the user. */
public final class OtherProvinceException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    OtherProvinceException(long seed, long people) {
        super("these databases hold the province of --seed " + seed + " with --people " + people
                + ": ask for the same, or choose another --data");
    }
}
