package io.tongdao.ops.provision;

import io.tongdao.contract.dispute.IdentityRuling;
import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.dispute.Ruling;
import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Review;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where objections (异议) and rulings (裁定) are put on record: each goes to the partition of its subject, where reconciliation takes it in
 * order with the data.
 */
public final class DisputeDesk {
    private final Map<String, Object> client;
    private final Plan plan;
    private final InstantSource clock;

    /** @param client how to reach the cluster as {@link Principals#DECIDE} */
    public DisputeDesk(Map<String, Object> client, Plan plan, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.plan = plan;
        this.clock = clock;
    }

    /** A golden item of a subject. */
    public record Target(String subject, String base, String item) {
        public String key() {
            return subject + '|' + base + '|' + item;
        }

        @Override
        public String toString() {
            return "Target[" + base + "." + item + " ***]";
        }
    }

    /** Flags an item at once; says under which id. */
    public Objection object(Target target, String by, String reason) {
        BasePlan base = base(target);
        if (!base.items().containsKey(target.item())) {
            throw new DisputeRefused("base " + base.name() + " has no item " + target.item() + "; there are: "
                    + String.join(", ", base.items().keySet()));
        }
        Objection objection = new Objection(
                UUID.randomUUID().toString(),
                target.subject(),
                target.base(),
                target.item(),
                by,
                reason,
                clock.instant());
        write(Names.objections(base.kind()), base.kind(), target.key(), Objection.FORMAT.encode(objection));
        return objection;
    }

    /** Takes an objection back. */
    public void takeBack(Target target) {
        BasePlan base = base(target);
        write(Names.objections(base.kind()), base.kind(), target.key(), null);
    }

    /**
     * Settles a discrepancy that stands, for the values that it is about.
     *
     * @param about as it was told last
     * @param serve of {@link Decision#SOURCE_WRONG} the dataset that is served instead
     * @param objection the id of the objection that stands, if there is one
     */
    public Ruling rule(
            Discrepancy about,
            Decision decision,
            @Nullable String serve,
            @Nullable String objection,
            String by,
            String reason) {
        BasePlan base = base(new Target(about.subject(), about.base(), about.item()));
        if (!about.stands() || about.leading() == null) {
            throw new DisputeRefused("nothing stands there that could be settled: see tongdao discrepancy list");
        }
        BasePlan.BaseItemPlan item = base.items().get(about.item());
        boolean serves = item != null && serve != null && item.sources().contains(serve);
        if ((decision == Decision.SOURCE_WRONG) != serves) {
            throw new DisputeRefused(
                    item == null
                            ? "a check has no source that could be served: rule corrected or upheld"
                            : "source_wrong, and nothing else, names the source that is served instead: --serve one of "
                                    + String.join(", ", item.sources()));
        }
        Ruling ruling = new Ruling(
                about.subject(),
                about.base(),
                about.item(),
                decision,
                about.valueSet(),
                about.leading(),
                serve,
                objection,
                by,
                reason,
                clock.instant());
        write(Names.rulings(base.kind()), base.kind(), ruling.key(), Ruling.FORMAT.encode(ruling));
        return ruling;
    }

    /** Says whether a row under review is about the subject that its number says. */
    public IdentityRuling identify(Review about, IdentityRuling.Decision decision, String by, String reason) {
        if (about.compared().isEmpty()) {
            throw new DisputeRefused(
                    "it is not clear which number became which: the issuing agency puts its record right");
        }
        IdentityRuling ruling = new IdentityRuling(
                about.subject(), about.dataset(), about.row(), decision, about.compared(), by, reason, clock.instant());
        SubjectKind kind = SubjectKind.valueOf(about.kind().toUpperCase(Locale.ROOT));
        write(Names.identities(kind), kind, ruling.key(), IdentityRuling.FORMAT.encode(ruling));
        return ruling;
    }

    /** The kind of subjects that a base database is about. */
    public SubjectKind kind(String base) {
        return base(new Target("", base, "")).kind();
    }

    private BasePlan base(Target target) {
        BasePlan base = plan.bases().get(target.base());
        if (base == null) {
            throw new DisputeRefused("there is no base database " + target.base() + "; there are: "
                    + String.join(", ", plan.bases().keySet()));
        }
        return base;
    }

    private void write(String topic, SubjectKind kind, String key, byte @Nullable [] value) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        int partition = SubjectKey.partition(bytes, plan.partitions().getOrDefault(kind, 1));
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, bytes, value)).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new ProvisionFailed(topic + " could not be written", e);
        }
    }
}
