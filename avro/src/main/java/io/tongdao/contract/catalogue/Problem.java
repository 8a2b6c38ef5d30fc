package io.tongdao.contract.catalogue;

/**
 * One thing that is wrong with a catalogue.
 *
 * @param file the file as the user named it
 * @param line from 1
 * @param code stable, for tests and tools: {@code share.citation}, {@code key.unknown}, …
 * @param text what is wrong and what to do; never a secret or a person's data
 */
public record Problem(String file, int line, String code, String text) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + text;
    }
}
