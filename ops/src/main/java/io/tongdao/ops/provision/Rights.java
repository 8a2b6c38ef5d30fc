package io.tongdao.ops.provision;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ACLs of the principals that Tongdao knows: none more, none less. Others' are left alone. */
final class Rights {
    private static final Logger LOG = LoggerFactory.getLogger(Rights.class);
    private static final String USER = "User:";
    private final Admin admin;
    private final Set<String> given = new HashSet<>();

    Rights(Admin admin) {
        this.admin = admin;
    }

    /**
     * Gives what is missing and takes what is too much. What it had given before and finds changed, it says.
     *
     * @param wanted principal → rights, of all principals that may have any
     */
    void repair(Map<String, List<Right>> wanted) {
        Set<AclBinding> all = new HashSet<>();
        wanted.forEach((principal, rights) -> rights.forEach(right -> all.addAll(right.bindings(principal))));
        Set<AclBinding> actual = managed(wanted.keySet());
        Set<AclBinding> missing = without(all, actual);
        Set<AclBinding> extra = without(actual, all);
        say(missing, extra);
        if (!extra.isEmpty()) {
            Cluster.done(
                    admin.deleteAcls(extra.stream().map(AclBinding::toFilter).toList())
                            .all(),
                    "rights could not be taken");
        }
        if (!missing.isEmpty()) {
            Cluster.done(admin.createAcls(missing).all(), "rights could not be given");
            Cluster.until(() -> managed(wanted.keySet()).containsAll(all), "rights are not known to the brokers");
        }
        given.clear();
        all.forEach(binding -> given.add(binding.toString()));
    }

    /** Gives rights and takes none: before the grants in force are known. */
    void give(Map<String, List<Right>> wanted) {
        Set<AclBinding> all = new HashSet<>();
        wanted.forEach((principal, rights) -> rights.forEach(right -> all.addAll(right.bindings(principal))));
        Cluster.done(admin.createAcls(all).all(), "rights could not be given");
        Cluster.until(() -> managed(wanted.keySet()).containsAll(all), "rights are not known to the brokers");
    }

    /** Takes every reader's right on a topic; the future is done when the controller has. */
    KafkaFuture<Collection<AclBinding>> withdraw(String topic) {
        given.removeIf(binding -> binding.contains("name=" + topic + ","));
        return admin.deleteAcls(List.of(new AclBindingFilter(
                        new ResourcePatternFilter(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        new AccessControlEntryFilter(null, null, AclOperation.READ, AclPermissionType.ANY))))
                .all();
    }

    private Set<AclBinding> managed(Set<String> principals) {
        return Cluster.done(admin.describeAcls(AclBindingFilter.ANY).values(), "rights could not be read").stream()
                .filter(binding -> managed(binding.entry().principal(), principals))
                .collect(Collectors.toSet());
    }

    private static boolean managed(String principal, Set<String> principals) {
        String name = principal.startsWith(USER) ? principal.substring(USER.length()) : principal;
        return principals.contains(name) || name.startsWith(Principals.AGENCY);
    }

    private void say(Set<AclBinding> missing, Set<AclBinding> extra) {
        missing.stream()
                .filter(binding -> given.contains(binding.toString()))
                .forEach(binding -> LOG.warn("a right was taken by hand, given back: {}", binding));
        extra.forEach(binding -> LOG.warn("a right that neither plan nor grant gives, taken: {}", binding));
    }

    private static Set<AclBinding> without(Set<AclBinding> all, Set<AclBinding> those) {
        Set<AclBinding> rest = new HashSet<>(all);
        rest.removeAll(those);
        return rest;
    }
}
