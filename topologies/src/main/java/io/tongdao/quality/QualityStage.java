package io.tongdao.quality;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.StageApp;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.kafka.streams.StreamsBuilder;

/** Quality as a stage that {@code runtime} can run. */
public final class QualityStage {
    public static final String NAME = "quality";

    /** Days are the province's. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private QualityStage() {}

    /** Judges by the versions of standards in force on a day; one that begins later needs a restart on its day. */
    public static StageApp app(Plan plan, LocalDate day, WireFormat wire, QualitySettings settings) {
        return new StageApp(
                NAME, config -> new QualityTopology(plan, wire, settings, day).build(new StreamsBuilder(config)));
    }
}
