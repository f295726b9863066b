/**
 * Words for streams that the planner, the executor and connectors share: kinds of changelogs, time domains, what a scan
 * reads. Data only.
 */
@NullMarked
package io.sabot.catalog.stream;

import org.jspecify.annotations.NullMarked;
