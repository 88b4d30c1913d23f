"""Slide & Sum's pages: the only place that imports Streamlit."""

import os

# NumPy reads this once, when it is first imported. The kernels bring their own threads, and
# sessions run side by side: more BLAS threads would only fight over the same cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
