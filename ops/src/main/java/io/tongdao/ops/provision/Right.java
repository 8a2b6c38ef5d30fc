package io.tongdao.ops.provision;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What a principal may do with a topic, a group or a transactional id, or with all whose names begin so. */
record Right(ResourcePattern pattern, Set<AclOperation> operations) {

    static Right topic(String name, AclOperation... operations) {
        return of(ResourceType.TOPIC, PatternType.LITERAL, name, operations);
    }

    static Right topics(String prefix, AclOperation... operations) {
        return of(ResourceType.TOPIC, PatternType.PREFIXED, prefix, operations);
    }

    static Right group(String name) {
        return of(ResourceType.GROUP, PatternType.LITERAL, name, AclOperation.READ);
    }

    static Right groups(String prefix) {
        return of(ResourceType.GROUP, PatternType.PREFIXED, prefix, AclOperation.READ);
    }

    static Right transactions(String prefix) {
        return of(ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, prefix, AclOperation.WRITE);
    }

    Set<AclBinding> bindings(String principal) {
        return operations.stream()
                .map(operation -> new AclBinding(
                        pattern, new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW)))
                .collect(Collectors.toSet());
    }

    private static Right of(ResourceType type, PatternType form, String name, AclOperation... operations) {
        Set<AclOperation> all = Stream.of(operations).collect(Collectors.toUnmodifiableSet());
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a right to nothing: " + Arrays.toString(operations));
        }
        return new Right(new ResourcePattern(type, name, form), all);
    }
}
