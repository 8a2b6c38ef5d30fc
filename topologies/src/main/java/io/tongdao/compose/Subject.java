package io.tongdao.compose;

import io.tongdao.contract.identity.SubjectKind;
import java.nio.charset.StandardCharsets;

/**
 * Whom a row is about: the key's part before {@code |} and the kind, since numbers of two kinds could be spelled alike.
 *
 * @param id escaped, as it stands in keys
 */
record Subject(SubjectKind kind, String id) {

    /** How it begins keys of state: the kind's letter, then the id. */
    String text() {
        return letter(kind) + id;
    }

    static Subject parse(String text) {
        return new Subject(kind(text.charAt(0)), text.substring(1));
    }

    byte[] key(String row) {
        return (row.isEmpty() ? id : id + '|' + row).getBytes(StandardCharsets.UTF_8);
    }

    private static char letter(SubjectKind kind) {
        return switch (kind) {
            case PERSON -> 'p';
            case ORGANISATION -> 'o';
            case PLACE -> 'l';
            case OTHER -> 'x';
        };
    }

    static SubjectKind kind(char letter) {
        return switch (letter) {
            case 'p' -> SubjectKind.PERSON;
            case 'o' -> SubjectKind.ORGANISATION;
            case 'l' -> SubjectKind.PLACE;
            case 'x' -> SubjectKind.OTHER;
            default -> throw new IllegalStateException("state has a subject of unknown kind " + (int) letter);
        };
    }

    @Override
    public String toString() {
        return "Subject[" + kind.word() + " ***]";
    }
}
