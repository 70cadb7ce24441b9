/** Where settings come from, whoever reads them, and how they are read. Knows no setting by name. Imports nothing of ours. */
@NullMarked
package org.stampede.settings;

import org.jspecify.annotations.NullMarked;
