package io.tongdao.ops.api;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Issues, lists and revokes tokens of the API: the operator's, beside a running exchange. */
public final class TokenDesk {
    private static final Duration LONGEST = Duration.ofDays(366);
    private final Map<String, Object> client;
    private final Plan plan;
    private final InstantSource clock;

    /** @param client how to reach the cluster as {@link io.tongdao.ops.provision.Principals#DECIDE} */
    public TokenDesk(Map<String, Object> client, Plan plan, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.plan = plan;
        this.clock = clock;
    }

    /** What is issued; {@link #text} is told once and is nowhere kept. */
    public record Issued(ApiToken token, String text) {
        @Override
        public String toString() {
            return "Issued[" + token.id() + " ***]";
        }
    }

    /** @throws TokenRefused if the role, the agency or the time does not fit */
    public Issued issue(Role role, String agency, String person, Duration time, String by) {
        if (role.ofAgency() && !plan.agencies().containsKey(agency)) {
            throw new TokenRefused("a token of role " + role.word() + " acts for an agency of the catalogue: give"
                    + " --agency, one of " + String.join(", ", new TreeMap<>(plan.agencies()).keySet()));
        }
        if (!role.ofAgency() && !agency.isEmpty()) {
            throw new TokenRefused("role " + role.word() + " acts for no agency: leave --agency out");
        }
        if (person.isBlank()) {
            throw new TokenRefused("a token is a person's or a system's: give --person NAME, it is put on record");
        }
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new TokenRefused("a token is good for 1 to " + LONGEST.toDays() + " days");
        }
        TokenText text = TokenText.random();
        Instant now = clock.instant();
        ApiToken token = new ApiToken(text.id(), text.digest(), role, agency, person, by, now, now.plus(time), null);
        write(token);
        return new Issued(token, text.text());
    }

    public Collection<ApiToken> list() {
        try (TokenJournal journal = new TokenJournal(client)) {
            return new TreeMap<>(journal.toEnd()).values();
        }
    }

    /** @throws TokenRefused if there is no such token, or it is revoked already */
    public ApiToken revoke(String id, String by, String reason) {
        try (TokenJournal journal = new TokenJournal(client)) {
            ApiToken known = journal.toEnd().get(id);
            if (known == null) {
                throw new TokenRefused("there is no token " + id + "; see ./tongdao token list");
            }
            if (known.revoked() != null) {
                throw new TokenRefused("token " + id + " is revoked already");
            }
            ApiToken next = new ApiToken(
                    known.id(),
                    known.digest(),
                    known.role(),
                    known.agency(),
                    known.person(),
                    known.issuedBy(),
                    known.issued(),
                    known.expires(),
                    new ApiToken.Revoked(clock.instant(), by, reason));
            write(next);
            return next;
        }
    }

    private void write(ApiToken token) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Names.API_TOKENS,
                            0,
                            token.id().getBytes(StandardCharsets.UTF_8),
                            ApiToken.FORMAT.encode(token)))
                    .get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new TokenRefused("the token could not be put on record: see that the broker runs");
        }
    }
}
