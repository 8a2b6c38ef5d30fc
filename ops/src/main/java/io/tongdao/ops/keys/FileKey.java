package io.tongdao.ops.keys;

/**
 * Which key the files of one grant are sealed with; not the key.
 *
 * @param version goes up from 1
 */
public record FileKey(String consumer, String grant, int version) {
    @Override
    public String toString() {
        return consumer + '/' + grant + "/f" + version;
    }
}
