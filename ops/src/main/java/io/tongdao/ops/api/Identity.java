package io.tongdao.ops.api;

/**
 * Who asks, by the token that came with the request.
 *
 * @param agency empty for roles that act for none
 * @param person put on record of whatever is done
 * @param token the id of the token, not the token
 */
public record Identity(Role role, String agency, String person, String token) {
    /** As it stands on record. */
    public String onRecord() {
        return agency.isEmpty() ? person : person + " (" + agency + ")";
    }
}
