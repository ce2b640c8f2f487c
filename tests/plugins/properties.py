"""How hypothesis runs here: no test judges time, and a failure must be the same on the next run."""

import hypothesis

hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("suite")
