#!/usr/bin/env bash
# From an Amplitude account to a table, with nothing but curl and the API of a running chartlift:
# add a source, choose and configure its streams, set its trigger, run it, watch it, query its table,
# add a stream, run it again.
#
#   CHARTLIFT_URL=http://127.0.0.1:4860 CHARTLIFT_TOKEN=… \
#   AMPLITUDE_API_KEY=… AMPLITUDE_SECRET_KEY=… \
#   docs/examples/walk.sh FIRST_CHART SECOND_CHART
set -euo pipefail

url="${CHARTLIFT_URL:-http://127.0.0.1:4860}/api/v1"
first_chart="$1"
second_chart="$2"
prefix="${PREFIX:-walk_}"

# Each request: method, path, JSON body or nothing. A refusal prints its problem and ends the walk.
# The token goes in by a file descriptor: what stands in a command line, every user of the machine can read.
api() {
  local method="$1" path="$2" body="${3:-}"
  curl --silent --show-error --fail-with-body --request "$method" "$url$path" \
    --header @<(printf 'Authorization: Bearer %s' "$CHARTLIFT_TOKEN") \
    --header 'Content-Type: application/json' \
    ${body:+--data-binary @<(printf '%s' "$body")}
}
# The first value of a name in a JSON text.
field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }
# Reads an event stream to its end and shows the words of each event.
watch() { api GET "$1" | grep -o '"message":"[^"]*"' | cut -d '"' -f 4 | sed 's/^/    /'; }

echo '1. Account access: is everything right, before anything is saved?'
validation=$(api POST /validations "{
  \"connector\": \"amplitude\",
  \"config\": {
    \"api_key\": \"$AMPLITUDE_API_KEY\", \"secret_key\": \"$AMPLITUDE_SECRET_KEY\",
    \"chart_ids\": \"https://analytics.amplitude.com/our-team/chart/$first_chart\"
  }
}" | field id)
# The stream of events ends with the validation.
api GET "/validations/$validation/events" | grep -o '"title":"[^"]*"' | sed 's/^/    /'

echo '2. and 3. Streams, layer, folder, table names; 4. description and trigger: what will it mean?'
trigger='{ "type": "daily", "time": "06:30", "timezone": "Europe/Berlin" }'
api POST /triggers/preview "{ \"trigger\": $trigger, \"validation_id\": \"$validation\" }"
echo
source=$(api POST /sources "{
  \"validation_id\": \"$validation\",
  \"name\": \"Walk ${prefix}\",
  \"description\": \"The metrics that we agreed on\",
  \"layer\": \"raw\", \"folder\": \"amplitude\", \"prefix\": \"$prefix\",
  \"streams\": [
    { \"stream\": \"chart_$first_chart\", \"note\": \"Shown to the board\" },
    { \"stream\": \"charts_metadata\" }
  ],
  \"trigger\": $trigger
}" | field id)
echo "    source $source"

echo '5. Run it now, and watch.'
run=$(api POST "/sources/$source/runs" | field id)
watch "/runs/$run/events"
api GET "/runs/$run" | field status | sed 's/^/    /'

echo 'The catalog has its tables; SQL reads them.'
api GET "/tables?source_id=$source" | grep -o '"name":"[^"]*"' | sed 's/^/    /'
api POST /sql "{ \"query\": \"SELECT m.title, count(*) AS records FROM raw.${prefix}chart_$(echo "$first_chart" | tr 'A-Z-' 'a-z_') JOIN raw.${prefix}charts_metadata m USING (chart_id) GROUP BY ALL\" }"
echo

echo 'Add streams: one more chart.'
validation=$(api POST "/sources/$source/validations" "{ \"config\": { \"chart_ids\": \"$second_chart\" } }" | field id)
api GET "/validations/$validation/events" | grep -o '"title":"[^"]*"' | sed 's/^/    /'
api POST "/sources/$source/streams" "{
  \"validation_id\": \"$validation\",
  \"layer\": \"raw\", \"folder\": \"amplitude\", \"prefix\": \"$prefix\",
  \"streams\": [{ \"stream\": \"chart_$second_chart\" }]
}" | grep -o '"table":"[^"]*"' | sed 's/^/    /'

echo 'Run again: the first chart is unchanged, the second is new.'
run=$(api POST "/sources/$source/runs" | field id)
watch "/runs/$run/events"
api GET "/runs/$run" | field status | sed 's/^/    /'
