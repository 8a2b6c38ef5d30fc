package io.tongdao.contract.catalogue;

/**
 * One thing that is wrong with a catalogue.
 *
 * @param file the file as the user named it
 * @param line from 1
 * @param check the rule that it breaks
 * @param text what is wrong, what to do and the article; never a secret or a person's data
 */
public record Problem(String file, int line, CheckCode check, String text) {

    /** Stable, for tests and tools: {@code share.citation}, {@code key.unknown}, … */
    public String code() {
        return check.code();
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + text;
    }
}
