# Slide & Sum in one process: docker build -t slide-and-sum . && docker run -p 8501:8501 slide-and-sum
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
ENV HOST=0.0.0.0 PORT=8501 OPENBLAS_NUM_THREADS=1

WORKDIR /srv/slide-and-sum
COPY requirements.txt ./
RUN python -m pip install -r requirements.txt
COPY kernels kernels
COPY lessons lessons
COPY app app

RUN useradd --create-home --uid 1000 learner
USER learner

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/_stcore/health', timeout=4)"]
CMD ["python", "-m", "app.server"]
