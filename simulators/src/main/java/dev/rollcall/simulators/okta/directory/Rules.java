package dev.rollcall.simulators.okta.directory;

import java.time.Duration;

/**
 * What of the tenant's behaviour can be set.
 *
 * @param activation how long an activation takes; until then updates are refused (E0000112)
 * @param deactivation how long a deactivation takes that was asked for asynchronously
 * @param editDeactivated whether the profile of a deactivated user can be changed
 */
public record Rules(
    Schema schema, Duration activation, Duration deactivation, boolean editDeactivated) {}
