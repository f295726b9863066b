/**
 * Sessions: where SQL text becomes catalog changes, jobs and rows. Neutral to protocols, which only translate.
 *
 * <p>Read {@link io.sabot.server.session.Session} first. Methods may be called from any thread; calls on one session are
 * run one after another, but for cancelling.
 */
@NullMarked
package io.sabot.server.session;

import org.jspecify.annotations.NullMarked;
