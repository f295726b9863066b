/** Command line of the benchmarks. JMH benchmarks of kernels lie beside, in {@code benchmarks.jmh}. */
@NullMarked
package io.sabot.benchmarks;

import org.jspecify.annotations.NullMarked;
