import { OpenAPIHono, z } from '@hono/zod-openapi';
import { ChartliftError } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import type { SignInLimit } from '../auth/sign-in-limit.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import type { Services } from '../services.ts';
import { presentUser } from '../users/presenter.ts';
import { emailSchema, nameSchema, passwordSchema, userSchema } from '../users/schema.ts';

const setupStateSchema = z
  .object({
    needed: z.boolean().meta({ description: 'Whether there is no administrator yet.' }),
  })
  .meta({ id: 'SetupState' });

const setupSchema = z
  .strictObject({
    token: z
      .string()
      .min(1)
      .max(200)
      .meta({ description: 'What stands behind # in the link that the service printed.' }),
    name: nameSchema,
    email: emailSchema,
    password: passwordSchema,
  })
  .meta({ id: 'Setup' });

const showSetup = defineRoute('anyone', {
  method: 'get',
  path: '/setup',
  operationId: 'showSetup',
  tags: ['setup'],
  summary: 'Whether an administrator is to be created',
  responses: { 200: { description: 'The state.', content: jsonBody(setupStateSchema) } },
});

const setUp = defineRoute(
  'anyone',
  {
    method: 'post',
    path: '/setup',
    operationId: 'setUp',
    tags: ['setup'],
    summary: 'Create the first administrator',
    description: 'With the link that the service printed at its start; once.',
    request: { body: { required: true, content: jsonBody(setupSchema) } },
    responses: { 201: { description: 'The administrator.', content: jsonBody(userSchema) } },
  },
  { repeatable: false },
);

/** The first administrator. */
export function setupRoutes({ setupLink }: Pick<Services, 'setupLink'>, limit: SignInLimit) {
  return new OpenAPIHono<AppEnv>()
    .openapi(showSetup, async (c) => c.json({ needed: await setupLink.isNeeded() }, 200))
    .openapi(setUp, async (c) => {
      limit.take(c, null);
      const { token, ...user } = c.req.valid('json');
      const admin = await setupLink.use(token, user);
      if (!admin) throw linkUnknown();
      limit.clear(c, null);
      c.set('actor', { type: 'user', id: admin.id, name: admin.name });
      await audited(
        c,
        'user.created',
        { type: 'user', id: admin.id, name: admin.name },
        {
          email: admin.email,
          role: admin.role,
        },
      );
      return c.json(presentUser(admin), 201);
    });
}

function linkUnknown(): ChartliftError {
  return new ChartliftError(
    'forbidden',
    'The link does not hold.',
    'It works once, for 24 hours, as long as there is no administrator. The service prints a new one when it starts.',
  );
}
