FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WINNOW_VAR_DIR=/var/lib/winnow
WORKDIR /srv/winnow
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY manage.py ./
COPY config config
COPY governance governance
COPY pipeline pipeline
COPY deals deals
COPY leads leads
COPY templates templates
RUN useradd --system --home-dir /var/lib/winnow --create-home winnow \
 && chown winnow /var/lib/winnow
USER winnow
# A key of its own, so that none is generated into the image.
RUN WINNOW_SECRET_KEY=build python manage.py collectstatic --noinput
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
