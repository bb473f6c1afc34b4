package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.Match;
import dev.rollcall.plan.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Which account belongs to a subject.
 *
 * @param account as read, null when there is none or it is not clear which
 * @param wanted what is wanted by what the search showed: plan with this
 */
record Found(Match match, @Nullable Account account, Wanted wanted) {}
