/**
 * The sample: a small stock exchange, and the best place to see what an application on Stampede looks like. The
 * {@link org.stampede.stocks.QuoteTicker} moves the {@link org.stampede.stocks.Market} and broadcasts its quotes; the
 * {@link org.stampede.stocks.TradeDesk} handles what the page sends, and writes it
 * into the {@link org.stampede.stocks.TradeBook}. {@link org.stampede.stocks.StockRules} says who may do so, and
 * {@link org.stampede.stocks.Accounts} who somebody is.
 *
 * <p>Here lives what an application developer would write, in the shortest form; nothing of the engine ever does. Of
 * Stampede it imports {@code org.stampede.messaging} and {@code org.stampede.security} alone. It is not part of the library jar.
 */
@NullMarked
package org.stampede.stocks;

import org.jspecify.annotations.NullMarked;
