package io.tongdao.ops.keys;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.provision.GrantDesk;
import java.util.List;
import java.util.function.BiPredicate;

/** Changes keys of files. What is sealed stays as it is: the next version of files is sealed with the next key. */
public final class FileKeyDesk {
    private final FileKeyStore keys;
    private final GrantDesk grants;
    private final BiPredicate<Grant, FileKey> sealed;

    /** @param sealed whether files of a grant that can be picked up are sealed with a key */
    public FileKeyDesk(FileKeyStore keys, GrantDesk grants, BiPredicate<Grant, FileKey> sealed) {
        this.keys = keys;
        this.grants = grants;
        this.sealed = sealed;
    }

    public List<FileKeyRecord> list() {
        return keys.list();
    }

    public FileKeyRecord rotate(String consumer, String grant, String by, String reason) {
        return keys.rotate(consumer, grant, by, reason);
    }

    /** @throws KeyRefused if files need it, or there is no such key */
    public FileKeyRecord destroy(FileKey key, String by, String reason) {
        List<String> users = users(key);
        if (!users.isEmpty()) {
            throw new KeyRefused("key " + key + " is in use by files of " + String.join(", ", users)
                    + ": rotate the key and let what is sealed with it run out, or suspend or end the grant");
        }
        return keys.destroy(key, by, reason);
    }

    /** The grants whose files need a key. */
    public List<String> users(FileKey key) {
        boolean newest = keys.list().stream()
                .map(FileKeyRecord::key)
                .noneMatch(other -> other.grant().equals(key.grant())
                        && other.consumer().equals(key.consumer())
                        && other.version() > key.version());
        return new KeysInUse(grants.epochs()).of(key, newest, sealed);
    }
}
