package io.tongdao.ops.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.incident.Incident.State;
import io.tongdao.contract.incident.IncidentStep;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * 销毁证明 (art. 27): what was removed of an incident and how each is proven, what is kept, and what nobody here can prove. No value of a row is in
 * it.
 *
 * @param findings of the assessment that its destruction rests on
 * @param completed when the last proof was there, ISO 8601
 * @param copies of the key that were handed out: agency, by whom, when
 */
public record Certificate(
        String incident,
        String name,
        String division,
        String basis,
        String findings,
        String orderedBy,
        String reason,
        String ordered,
        String completed,
        List<Proven> removed,
        List<String> copies,
        List<String> unprovable,
        List<String> kept) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<String> UNPROVABLE = List.of(
            "数据需求单位自行留存的副本：是否删除须由其书面确认 copies that consumers made of what they read: they confirm in writing that these are deleted",
            "数据提供单位源库中的原始记录：由其依法处理 the source tables of the agencies that provided it: theirs to deal with",
            "备份与快照介质 backups of the data directory and of secrets/: destroy those made since the incident was opened",
            "存储介质上已释放而未覆写的块 blocks that the disk has freed and not overwritten: they hold what only the destroyed key opens");
    private static final List<String> KEPT = List.of(
            "事件记录及各步骤 ctl.incident: who decided each step, and why",
            "授权记录 ctl.grant, and what was released to whom, without values (art. 35)",
            "隔离记录 flag.reject: coordinates and codes of rows that could not be read, no value",
            "模式定义 schemas in the registry: names and types of items, no value",
            "状态库与变更日志的旧段：在压缩前仍含密文，密钥已销毁 former segments of state and changelog hold sealed bytes until they are compacted; their key is gone");

    /**
     * One thing that is gone.
     *
     * @param proof by what was looked at
     */
    public record Proven(String kind, String name, String proof, String at) {}

    static Certificate of(Incident incident, List<Proven> removed, Instant completed) {
        IncidentStep order = last(incident, State.DESTROYING);
        return new Certificate(
                incident.id(),
                incident.name(),
                incident.division(),
                incident.basis(),
                last(incident, State.ASSESSED).reason(),
                order.by(),
                order.reason(),
                order.at().toString(),
                completed.toString(),
                List.copyOf(removed),
                incident.handed().stream()
                        .map(copy -> copy.agency() + ", by " + copy.by() + ", " + copy.at())
                        .toList(),
                UNPROVABLE,
                KEPT);
    }

    private static IncidentStep last(Incident incident, State state) {
        return incident.steps().reversed().stream()
                .filter(step -> step.state() == state)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("incident " + incident.id() + " was never " + state.word()));
    }

    /** The certificate of an incident; empty: it has none. */
    public static Optional<Certificate> find(DataDirectory data, String incident) {
        Path file = data.certificates().resolve(incident + ".json");
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(file.toFile(), Certificate.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }

    /** Writes it as JSON and as text; on the disk when this returns. */
    void write(DataDirectory data) {
        try {
            Files.createDirectories(data.certificates());
            Path text = data.certificates().resolve(incident + ".txt");
            DurableFiles.write(text, String.join("\n", text()) + "\n", DurableFiles.SHARED);
            Path json = data.certificates().resolve(incident + ".json");
            DurableFiles.write(json, JSON.writeValueAsString(this) + "\n", DurableFiles.SHARED);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a certificate can't be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate of " + incident + " can't be written", e);
        }
    }

    /** For people, Chinese first. */
    public List<String> text() {
        return CertificateText.of(this);
    }
}
