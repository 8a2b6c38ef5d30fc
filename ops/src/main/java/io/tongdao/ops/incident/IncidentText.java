package io.tongdao.ops.incident;

import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.incident.Incident.State;
import io.tongdao.ops.keys.IncidentKeys;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Incidents as officials read them. */
public final class IncidentText {
    private IncidentText() {}

    public static List<String> list(Collection<Incident> incidents) {
        List<String> lines = new ArrayList<>();
        String form = "%-18s %-18s %-9s %-20s %s";
        lines.add(form.formatted("状态 state", "incident", "division", "until", "名称 name"));
        incidents.forEach(
                one -> lines.add(form.formatted(word(one.state()), one.id(), one.division(), one.until(), one.name())));
        lines.add(Integer.toString(incidents.size()));
        return lines;
    }

    public static List<String> of(Traces.Remains remains, Collection<IncidentKeys.Held> keys) {
        Incident incident = remains.incident();
        List<String> lines = new ArrayList<>();
        lines.add("突发事件 incident   " + incident.id() + " " + incident.name());
        lines.add("状态 state          " + word(incident.state()));
        lines.add("区划 division       " + incident.division());
        lines.add("依据 basis          " + incident.basis());
        lines.add("截止 until          " + incident.until());
        lines.add("归集 collected      "
                + (remains.datasets().isEmpty() ? "无 none" : String.join(", ", remains.datasets())));
        remains.grants()
                .forEach(grant -> lines.add("授权 grant          %s %s, %s, epoch %d"
                        .formatted(grant.id(), grant.consumer(), grant.status().word(), grant.epoch())));
        keys.forEach(key -> lines.add("密钥 key            v%d %s, %s"
                .formatted(
                        key.version(),
                        key.state().name().toLowerCase(Locale.ROOT),
                        key.since().truncatedTo(ChronoUnit.SECONDS))));
        incident.handed()
                .forEach(copy -> lines.add("密钥副本 copy       %s, by %s, %s"
                        .formatted(copy.agency(), copy.by(), copy.at().truncatedTo(ChronoUnit.SECONDS))));
        incident.steps()
                .forEach(step -> lines.add("经过 step           %s %s, %s: %s"
                        .formatted(
                                step.at().truncatedTo(ChronoUnit.SECONDS),
                                word(step.state()),
                                step.by(),
                                step.reason())));
        return lines;
    }

    private static String word(State state) {
        String chinese = switch (state) {
            case OPEN -> "启动";
            case CLOSED -> "关停";
            case ASSESSED -> "已评估";
            case SEALED -> "封存";
            case DESTROYING -> "销毁中";
            case DESTROYED -> "已销毁";
        };
        return chinese + " " + state.word();
    }
}
