package io.tongdao.release;

/**
 * Names a key of tokens.
 *
 * @param version from 1; tokens of another version can't be joined with those of this one
 */
public record TokenKey(String consumer, String purpose, int version) {
    @Override
    public String toString() {
        return "t" + version + " of " + consumer + " for " + purpose;
    }
}
