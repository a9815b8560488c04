import { z } from '@hono/zod-openapi';
import { defineRoute, jsonBody } from '../define-route.ts';
import { idParam, pageOf, pageQuery } from '../page-query.ts';
import {
  acceptedInvitationSchema,
  createdUserSchema,
  invitationSchema,
  newPasswordSchema,
  newUserSchema,
  userPatchSchema,
  userSchema,
} from './schema.ts';

export const listUsers = defineRoute('admin', {
  method: 'get',
  path: '/users',
  operationId: 'listUsers',
  tags: ['users'],
  summary: 'List the users',
  description: 'Newest first, those who are disabled included.',
  request: { query: z.object(pageQuery) },
  responses: { 200: { description: 'A page of users.', content: jsonBody(pageOf(userSchema)) } },
});

export const createUser = defineRoute(
  'admin',
  {
    method: 'post',
    path: '/users',
    operationId: 'createUser',
    tags: ['users'],
    summary: 'Add a user',
    description: 'With a password, or with a link for them to set one.',
    request: { body: { required: true, content: jsonBody(newUserSchema) } },
    responses: { 201: { description: 'The user.', content: jsonBody(createdUserSchema) } },
  },
  { secretAnswer: true },
);

export const getUser = defineRoute('admin', {
  method: 'get',
  path: '/users/{id}',
  operationId: 'getUser',
  tags: ['users'],
  summary: 'Show a user',
  request: { params: idParam },
  responses: { 200: { description: 'The user.', content: jsonBody(userSchema) } },
});

export const updateUser = defineRoute('admin', {
  method: 'patch',
  path: '/users/{id}',
  operationId: 'updateUser',
  tags: ['users'],
  summary: 'Change a user',
  description:
    'Their name, their role, or whether they may sign in. The last administrator stays one.',
  request: { params: idParam, body: { required: true, content: jsonBody(userPatchSchema) } },
  responses: { 200: { description: 'The user.', content: jsonBody(userSchema) } },
});

export const setPassword = defineRoute('admin', {
  method: 'put',
  path: '/users/{id}/password',
  operationId: 'setUserPassword',
  tags: ['users'],
  summary: 'Set the password of a user',
  description: 'Ends their sessions.',
  request: { params: idParam, body: { required: true, content: jsonBody(newPasswordSchema) } },
  responses: { 204: { description: 'It is set.' } },
});

export const inviteUser = defineRoute(
  'admin',
  {
    method: 'post',
    path: '/users/{id}/invitation',
    operationId: 'inviteUser',
    tags: ['users'],
    summary: 'Let a user set their password',
    description: 'Gives a link that works once, for seven days. Links given before stop working.',
    request: { params: idParam },
    responses: { 201: { description: 'The link.', content: jsonBody(invitationSchema) } },
  },
  { secretAnswer: true },
);

export const acceptInvitation = defineRoute(
  'anyone',
  {
    method: 'post',
    path: '/invitations/accept',
    operationId: 'acceptInvitation',
    tags: ['users'],
    summary: 'Set a password with an invitation',
    description: 'For whoever has the link; they can sign in afterwards.',
    request: { body: { required: true, content: jsonBody(acceptedInvitationSchema) } },
    responses: { 204: { description: 'The password is set.' } },
  },
  { repeatable: false },
);
