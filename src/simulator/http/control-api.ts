import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { ChartliftError } from '../../errors.ts';
import { type Fault, faultSchema } from '../faults/fault.ts';

/** What can be asked and changed while a simulator runs. */
export interface Controls {
  charts(): readonly unknown[];
  stats(): unknown;
  setFault(target: string, fault: Fault | null): void;
  restate(target: string, share?: number): void;
  redefine(chartId: string, as: string): void;
}

const definitionSchema = z.strictObject({ as: z.string() });
const restatementSchema = z.strictObject({ share: z.number().min(0).max(1).optional() });

/**
 * Controls of a simulator in another process (`chartlift simulate`):
 * `GET /simulator/charts`, `GET /simulator/stats`, `PUT` and `DELETE /simulator/faults/{id|*}` with a
 * {@link Fault}, `POST /simulator/restatements/{id|*}` with `{"share": 0.1}`, `PUT /simulator/definitions/{id}`
 * with `{"as": "<id>"}`.
 */
export async function answerControl(
  path: string,
  controls: Controls,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const [, noun = '', target = ''] = path.split('/');
  try {
    switch (`${request.method} ${noun}`) {
      case 'GET charts':
        return reply(200, controls.charts());
      case 'GET stats':
        return reply(200, controls.stats());
      case 'PUT faults':
        controls.setFault(target, faultSchema.parse(await json(request)));
        return reply(200, {});
      case 'DELETE faults':
        controls.setFault(target, null);
        return reply(200, {});
      case 'POST restatements':
        controls.restate(target, restatementSchema.parse(await json(request)).share);
        return reply(200, {});
      case 'PUT definitions':
        controls.redefine(target, definitionSchema.parse(await json(request)).as);
        return reply(200, {});
      default:
        return reply(404, { error: 'No such control.' });
    }
  } catch (error) {
    if (error instanceof ChartliftError) return reply(404, { error: error.message });
    if (error instanceof z.ZodError) return reply(400, { error: z.prettifyError(error) });
    if (error instanceof SyntaxError) return reply(400, { error: error.message });
    throw error;
  }
}
