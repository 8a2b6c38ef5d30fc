package io.tongdao.contract.incident;

import io.tongdao.contract.incident.Incident.State;
import java.time.Instant;

/**
 * One step in the life of an incident: where it came to, who decided it, why and when.
 *
 * @param reason of an assessment: its findings
 */
public record IncidentStep(State state, String by, String reason, Instant at) {}
