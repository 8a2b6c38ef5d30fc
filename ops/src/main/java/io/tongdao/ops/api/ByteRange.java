package io.tongdao.ops.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a file are asked for (RFC 9110, 14). One range is served; of several, or of what is no range, the whole file is. */
record ByteRange(long from, long bytes) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange whole(long size) {
        return new ByteRange(0, size);
    }

    /**
     * @param header of the request; null: there is none
     * @return empty if what is asked for lies outside
     */
    static Optional<ByteRange> of(@Nullable String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return Optional.of(whole(size));
        }
        if (one.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(one.group(2)), size);
            return last == 0 ? Optional.empty() : Optional.of(new ByteRange(size - last, last));
        }
        long from = Long.parseLong(one.group(1));
        long to = one.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(one.group(2)), size - 1);
        if (!one.group(2).isEmpty() && Long.parseLong(one.group(2)) < from) {
            return Optional.of(whole(size));
        }
        return from >= size ? Optional.empty() : Optional.of(new ByteRange(from, to - from + 1));
    }

    /** As a Content-Range has it. */
    String of(long size) {
        return "bytes " + from + "-" + (from + bytes - 1) + "/" + size;
    }
}
