package io.tongdao.ops.provision;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** SCRAM-SHA-256 users, with the passwords that are kept for them. */
final class Users {
    private static final ScramCredentialInfo FORM = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
    private final Admin admin;
    private final Passwords passwords;
    private final Set<String> known = new HashSet<>();

    Users(Admin admin, Passwords passwords) {
        this.admin = admin;
        this.passwords = passwords;
    }

    /** Sets the password of each, once in this process, and returns when the brokers know the users. */
    void ensure(Collection<String> principals) {
        List<UserScramCredentialAlteration> changes = new ArrayList<>();
        for (String principal : principals) {
            if (!known.contains(principal)) {
                byte[] password = passwords.of(principal).reveal().getBytes(StandardCharsets.UTF_8);
                changes.add(new UserScramCredentialUpsertion(principal, FORM, password));
            }
        }
        if (!changes.isEmpty()) {
            Cluster.done(admin.alterUserScramCredentials(changes).all(), "users could not be made");
            Cluster.until(() -> present().containsAll(principals), "users are not known to the brokers");
            known.addAll(principals);
        }
    }

    private Set<String> present() {
        return Cluster.done(admin.describeUserScramCredentials().all(), "users could not be listed")
                .keySet();
    }
}
