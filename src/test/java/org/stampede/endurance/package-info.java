/** What a server must outlive: redeployments under its clients, peers that vanish, peers that are slow, floods. */
@NullMarked
package org.stampede.endurance;

import org.jspecify.annotations.NullMarked;
