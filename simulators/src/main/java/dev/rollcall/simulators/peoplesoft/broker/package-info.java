/** The sending side of Integration Broker: contracts, partitions, the node, the ledger. */
@NullMarked
package dev.rollcall.simulators.peoplesoft.broker;

import org.jspecify.annotations.NullMarked;
