# One image for every role: web, worker, beat, and the migration step.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 DATA_DIR=/data LOG_FORMAT=json
WORKDIR /app

RUN useradd --system --uid 10001 --home-dir /data desk && mkdir /data && chown desk /data
COPY requirements/base.lock requirements/base.lock
RUN pip install --require-hashes -r requirements/base.lock
COPY manage.py pyproject.toml ./
COPY factcheck factcheck
COPY claims claims
COPY reviews reviews
COPY templates templates
COPY seeds seeds
COPY docs docs

USER desk
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["gunicorn", "factcheck.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--bind", "0.0.0.0:8000", "--graceful-timeout", "20", "--timeout", "60", "--no-control-socket"]
